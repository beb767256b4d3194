using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Calls back once the process that started this one is gone.</summary>
internal sealed partial class ParentWatch : IDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    readonly ITimer timer;
    readonly Func<bool> isAlive;
    readonly Action ended;
    int called;

    /// <param name="isAlive">Whether the parent is still there.</param>
    /// <param name="ended">Called once, on a thread of the pool.</param>
    /// <param name="time">Whose seconds count.</param>
    public ParentWatch(Func<bool> isAlive, Action ended, TimeProvider time)
    {
        this.isAlive = isAlive;
        this.ended = ended;
        timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    public void Dispose() => timer.Dispose();

    /// <summary>A test of whether the parent of now is alive; always true where the system doesn't say who it is.</summary>
    public static Func<bool> OfThisProcess()
    {
        if (OperatingSystem.IsWindows())
        {
            var parent = WindowsParent();
            return parent is null ? () => true : () => !parent.HasExited;
        }

        // An orphan is given to another parent.
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
            return NtQueryInformationProcess(-1, 0, information, 6 * nint.Size, out _) == 0 ? Process.GetProcessById((int)information[5]) : null;
        }
        catch (ArgumentException)
        {
            return null; // Gone before it could be looked at.
        }
    }

    [LibraryImport("libc")]
    private static partial int getppid();

    [LibraryImport("ntdll.dll")]
    private static partial int NtQueryInformationProcess(nint process, int kind, Span<nint> information, int size, out int written);
}
