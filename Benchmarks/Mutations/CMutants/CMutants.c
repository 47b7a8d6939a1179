// Which mutant is on, and where it is noted which were reached: SWITCHBOARD_MUTANT and SWITCHBOARD_REACHED. Tests start
// commands with an environment of their own, so whoever lacks the variables asks the process that started it.
#include "CMutants.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { most = 4096 };
static unsigned char nowhere[most];
int mutant_chosen = 0;
unsigned char *mutant_reached = nowhere;

/// A variable in an environment as /proc shows it.
static const char *value(const char *environment, size_t size, const char *name) {
    const size_t length = strlen(name);
    for (const char *at = environment; at < environment + size; at += strlen(at) + 1)
        if (strncmp(at, name, length) == 0 && at[length] == '=') return at + length + 1;
    return NULL;
}

static int parent(int process) {
    char path[64], line[512] = {0};
    snprintf(path, sizeof path, "/proc/%d/stat", process);
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    const ssize_t size = read(file, line, sizeof line - 1);
    close(file);
    const char *name = size > 0 ? strrchr(line, ')') : NULL;
    int number = 0;
    return name && sscanf(name, ") %*c %d", &number) == 1 ? number : 0;
}

__attribute__((constructor)) static void choose(void) {
    static char environment[1 << 17];
    for (int process = getpid(); process > 1; process = parent(process)) {
        char path[64];
        snprintf(path, sizeof path, "/proc/%d/environ", process);
        const int file = open(path, O_RDONLY | O_CLOEXEC);
        if (file < 0) return;
        size_t size = 0;
        for (ssize_t more; size < sizeof environment - 1; size += more)
            if ((more = read(file, environment + size, sizeof environment - 1 - size)) <= 0) break;
        close(file);
        const char *mutant = value(environment, size, "SWITCHBOARD_MUTANT");
        if (!mutant) continue;
        mutant_chosen = atoi(mutant);
        const char *reached = value(environment, size, "SWITCHBOARD_REACHED");
        const int marks = reached ? open(reached, O_RDWR | O_CLOEXEC) : -1;
        if (marks < 0) return;
        void *map = mmap(NULL, most, PROT_READ | PROT_WRITE, MAP_SHARED, marks, 0);
        close(marks);
        if (map != MAP_FAILED) mutant_reached = map;
        return;
    }
}
