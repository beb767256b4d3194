using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Calls back when the process that started this one has ended.</summary>
internal sealed partial class ParentWatch : IDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    readonly ITimer timer;
    readonly Func<bool> isAlive;
    readonly Action ended;
    int called;

    /// <param name="isAlive">Returns whether the parent process is still running.</param>
    /// <param name="ended">The callback, called once on a thread-pool thread.</param>
    /// <param name="time">The clock.</param>
    public ParentWatch(Func<bool> isAlive, Action ended, TimeProvider time)
    {
        this.isAlive = isAlive;
        this.ended = ended;
        timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    public void Dispose() => timer.Dispose();

    /// <summary>
    /// Creates a function that returns whether this process's current parent is running. It always returns true if the system does not
    /// report the parent.
    /// </summary>
    public static Func<bool> OfThisProcess()
    {
        if (OperatingSystem.IsWindows())
        {
            var parent = WindowsParent();
            return parent is null ? () => true : () => !parent.HasExited;
        }

        // When a parent dies, the system assigns its children to another process.
        var id = getppid();
        return () => getppid() == id;
    }

    void Look()
    {
        if (isAlive() || Interlocked.Exchange(ref called, 1) != 0)
            return;
        timer.Dispose();
        ended();
    }

    static Process? WindowsParent()
    {
        Span<nint> information = stackalloc nint[6]; // PROCESS_BASIC_INFORMATION; the last is the parent's id.
        try
        {
            return NtQueryInformationProcess(-1, 0, information, 6 * nint.Size, out _) == 0
                ? Process.GetProcessById((int)information[5]) : null;
        }
        catch (ArgumentException)
        {
            return null; // The process has already ended.
        }
    }

    [LibraryImport("libc")]
    private static partial int getppid();

    [LibraryImport("ntdll.dll")]
    private static partial int NtQueryInformationProcess(nint process, int kind, Span<nint> information, int size, out int written);
}
