// Makes writes to database files fail: LD_PRELOAD=faulty.so FAULTY=SEED:PERMILLE:FILE. A failure is a full disk or an I/O error, and half
// of the failures go on for up to 100 ms. Up to 100 calls at the beginning succeed. FILE grows by a byte with each failure.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t state;
static int permille, quiet, counts = -1;
static double until; // seconds

static unsigned next(unsigned below)
{
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return (unsigned)(state >> 33) % below;
}

__attribute__((constructor)) static void begin(void)
{
    const char *asked = getenv("FAULTY");
    unsigned long long seed = 0;
    char file[4096];
    if (!asked || sscanf(asked, "%llu:%d:%4095s", &seed, &permille, file) != 3)
        return;
    state = seed * 0x9e3779b97f4a7c15u + 1;
    quiet = (int)next(100);
    counts = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
}

static int is_database(int fd)
{
    char link[40], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return strstr(path, ".db") != NULL;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int fails(int fd)
{
    if (permille == 0 || !is_database(fd))
        return 0;
    pthread_mutex_lock(&lock);
    int failed = quiet == 0 && (seconds() < until || next(1000) < (unsigned)permille);
    if (quiet > 0)
        quiet--;
    else if (failed && seconds() >= until && next(2))
        until = seconds() + 0.001 * next(100);
    if (failed)
    {
        syscall(SYS_write, counts, ".", 1);
        errno = next(2) ? ENOSPC : EIO;
    }
    pthread_mutex_unlock(&lock);
    return failed;
}

#define REPLACE(result, name, parameters, arguments)                       \
    result name parameters                                                 \
    {                                                                      \
        static result(*real) parameters;                                   \
        if (!real)                                                         \
            real = (result(*) parameters)dlsym(RTLD_NEXT, #name);          \
        return fails(fd) ? (result)-1 : real arguments;                    \
    }

REPLACE(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
REPLACE(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), (fd, data, size, at))
REPLACE(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at))
REPLACE(int, fsync, (int fd), (fd))
REPLACE(int, fdatasync, (int fd), (fd))
REPLACE(int, ftruncate, (int fd, off_t size), (fd, size))
REPLACE(int, ftruncate64, (int fd, off64_t size), (fd, size))
