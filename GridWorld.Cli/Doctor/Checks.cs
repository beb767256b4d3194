using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using GridWorld.Build;
using Microsoft.Data.Sqlite;

namespace GridWorld.Cli;

/// <summary>What <c>doctor</c> looks at.</summary>
internal static class Checks
{
    const long LeastSpace = 100_000_000; // a run file can grow to a few hundred MB, most stay far below one
    const string NuGetTools = ".dotnet/tools", Kernel = "microsoft.dotnet-interactive";

    // What bench/peers/qlearning.c prints for "10 10 200000 1".
    const double ReferenceChecksum = -3765.3676721599954;
    const long ReferenceSteps = 200_000;

    public static IReadOnlyList<Check> All(string store, int port) =>
    [
        Check.Required("gridworld", () => $"{Version} in {Printable.Line(AppContext.BaseDirectory)}", ""),
        Check.Required("runtime", () => $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}", ""),
        Check.Required("processor", Processor, "Report this as an error of GridWorld, with the lines above."),
        Check.Required("sqlite", Sqlite, "Install the package for your platform again: dotnet tool update --global GridWorld.Cli"),
        Check.Required("store", () => Store(store), "Choose a folder that you can write to: --store DIR, or export GRIDWORLD_STORE=DIR"),
        Check.Required("port", () => Port(port), "Choose another port with --port, and allow programs to listen on 127.0.0.1"),
        Check.Optional("sdk", Sdk, "not found; notebooks, programs and templates need it", "https://dotnet.microsoft.com/download"),
        Check.Optional("kernel", NotebookKernel, "not found; only notebooks need it",
            "dotnet tool install --global Microsoft.dotnet-interactive"),
        Check.Optional("browser", InstalledBrowser.Find,
            "no Chromium, Chrome or Edge found; only GridWorld's own tests need it. The live view opens in any browser",
            $"Install Chromium, or set {InstalledBrowser.Variable} to its path"),
    ];

    static string Version => typeof(Checks).Assembly.GetName().Version is { } version ? version.ToString(3) : "unknown";

    // Results must be those of any other machine: a short run is compared with a program in C.
    static string Processor()
    {
        var world = Worlds.Get("empty-10x10");
        var specification = new RunSpecification(world, new QLearning { TieBreaking = TieBreaking.First }, 1, null, null);
        double checksum = BenchRuns.Measure(specification, 1, ReferenceSteps)[0].Checksum;
        if (checksum != ReferenceChecksum)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"a short run gave {checksum:R} instead of {ReferenceChecksum:R}: results of this machine differ from those of others"));
        string vectors = Avx2.IsSupported ? "AVX2" : Avx.IsSupported ? "AVX" : "no AVX";
        return $"{RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {vectors};"
            + " a short run has the bits of the reference";
    }

    static string Sqlite()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection.ServerVersion + (SqliteVersion.WalIsSafe ? "" : ", an old version: run files use a slower journal");
    }

    // A folder that is not there yet is made with the first run, so its nearest parent counts.
    static string Store(string store)
    {
        string path = Path.GetFullPath(store), there = path;
        if (File.Exists(path))
            throw new IOException($"{Printable.Line(path)} is a file");
        while (!Directory.Exists(there))
            there = Path.GetDirectoryName(there) ?? throw new DirectoryNotFoundException($"{Printable.Line(path)} cannot be created");
        string probe = Path.Combine(there, $".gridworld-doctor-{Environment.ProcessId}");
        using (File.Create(probe, 1, FileOptions.DeleteOnClose))
        {
        }

        long free = new DriveInfo(there).AvailableFreeSpace;
        string space = FormattableString.Invariant($"{free / 1e9:0.0} GB free");
        return free >= LeastSpace ? $"{Printable.Line(path)}, writable, {space}"
            : throw new IOException($"{Printable.Line(path)} has only {space}");
    }

    static string Port(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port} can be used";
    }

    static string? Sdk()
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? Path.GetDirectoryName(path)!
            : Environment.GetEnvironmentVariable("DOTNET_ROOT")
            ?? Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        string sdks = Path.Combine(host, "sdk");
        var versions = Directory.Exists(sdks) ? Directory.GetDirectories(sdks).Select(Path.GetFileName) : [];
        return versions.Where(v => v!.StartsWith("10.", StringComparison.Ordinal)).Max(StringComparer.Ordinal);
    }

    static string? NotebookKernel() => GlobalKernel() ?? ManifestKernel(Directory.GetCurrentDirectory());

    static string? GlobalKernel()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string program = OperatingSystem.IsWindows() ? "dotnet-interactive.exe" : "dotnet-interactive";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append(Path.Combine(home, NuGetTools))
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    // A tool manifest above the working folder names it for this folder.
    static string? ManifestKernel(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string file = Path.Combine(folder, ".config", "dotnet-tools.json");
            if (!File.Exists(file))
                continue;
            using var manifest = JsonDocument.Parse(File.ReadAllText(file));
            if (manifest.RootElement.GetProperty("tools").TryGetProperty(Kernel, out var tool))
                return $"{tool.GetProperty("version").GetString()}, of {file}";
        }

        return null;
    }
}
