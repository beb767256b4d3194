using System.Diagnostics;
using System.Globalization;

namespace GridWorld;

/// <summary>A process, told from every other one that had or will have its number.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="Boot">One start of the machine, and one space of process numbers on it.</param>
/// <param name="Process">The number.</param>
/// <param name="Started">When it started, in a unit of its platform.</param>
internal sealed record StoreOwner(string Host, string Boot, long Process, long Started)
{
    // A process whose number cannot be looked up from here lives while its sign of life is no older than this.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static StoreOwner Self { get; } = new(Environment.MachineName, FindBoot(), Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0);

    public bool IsAlive(DateTimeOffset heartbeat, DateTimeOffset now) => Host == Self.Host && Boot == Self.Boot
        ? StartOf((int)Process) == Started
        : now - heartbeat < Patience;

    /// <summary>Whether a process of this number runs here, be it another than the one that had it.</summary>
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
                // After the name, which may hold anything but is in parentheses: the state, then 18 fields, then the start.
                string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
            }

            using var found = System.Diagnostics.Process.GetProcessById(process);
            return found.HasExited ? null : found.StartTime.ToUniversalTime().Ticks / TimeSpan.TicksPerSecond;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
