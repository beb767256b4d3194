using System.Diagnostics;
using System.Globalization;

namespace GridWorld;

/// <summary>The identity of a process, which differs from every other process that had or will have the same number.</summary>
/// <param name="Host">Name of the machine.</param>
/// <param name="Boot">Identifier of the machine's boot and of its process namespace.</param>
/// <param name="Process">Process number.</param>
/// <param name="Started">Start time, in a unit of the platform.</param>
internal sealed record StoreOwner(string Host, string Boot, long Process, long Started)
{
    // A process that cannot be looked up from here counts as alive if its last sign of life is at most this old.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static StoreOwner Self { get; } =
        new(Environment.MachineName, FindBoot(), Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0);

    public bool IsAlive(DateTimeOffset heartbeat, DateTimeOffset now) => Host == Self.Host && Boot == Self.Boot
        ? StartOf((int)Process) == Started
        : now - heartbeat < Patience;

    /// <summary>Whether any process with this number runs on this machine.</summary>
    public static bool IsRunning(int process) => StartOf(process) is not null;

    public string Describe(DateTimeOffset heartbeat) => this == Self
        ? "this process"
        : string.Create(CultureInfo.InvariantCulture, $"process {Process} on {Host} (last sign of life {heartbeat:yyyy-MM-dd HH:mm:ss}Z)");

    static string FindBoot()
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()} {new FileInfo("/proc/self/ns/pid").LinkTarget}"
                : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    static long? StartOf(int process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // The name is in parentheses and can contain any character. After it come the state, 18 other fields and the start time.
                string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
            }

            using var found = System.Diagnostics.Process.GetProcessById(process);
            return found.HasExited ? null : found.StartTime.ToUniversalTime().Ticks / TimeSpan.TicksPerSecond;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
