using System.Diagnostics;
using System.Text.Json.Nodes;

namespace GridWorld;

/// <summary>
/// The kernel itself, as VS Code starts it, where it is installed (<c>dotnet tool install Microsoft.dotnet-interactive</c>);
/// it is no longer developed, so the tests do not depend on it.
/// </summary>
internal sealed class RealKernel : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);
    // Ours never come out of a cache that knew them before.
    private static readonly string s_packages = Directory.CreateTempSubdirectory("gridworld-kernel-packages-").FullName;
    private readonly Process _process;
    private int _commands;

    static RealKernel() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(s_packages, recursive: true);

    private RealKernel(Process process) => _process = process;

    /// <summary>Starts it in a folder, with the packed packages as a source. Skips the test where there is none.</summary>
    public static async Task<RealKernel> StartAsync(string folder, string store)
    {
        var program = Programs.Find("The kernel (dotnet tool install Microsoft.dotnet-interactive)", "GRIDWORLD_KERNEL", "dotnet-interactive");
        var start = new ProcessStartInfo(program, ["stdio", "--default-kernel", "csharp"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        start.Environment["NUGET_FALLBACK_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        start.Environment["NUGET_PACKAGES"] = s_packages;
        start.Environment["GRIDWORLD_STORE"] = store;
        start.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var kernel = new RealKernel(process);
        while (await kernel.ReadAsync() is { } said && Type(said) != "KernelReady") { }
        await kernel.RunAsync($"#i \"nuget:{PackedVersion.Feed}\"");
        return kernel;
    }

    public async Task<KernelOutput> RunAsync(string code)
    {
        var token = $"test-{++_commands}";
        var command = new JsonObject { ["commandType"] = "SubmitCode", ["command"] = new JsonObject { ["code"] = code, ["targetKernelName"] = "csharp" }, ["token"] = token };
        await _process.StandardInput.WriteLineAsync(command.ToJsonString());
        var output = new KernelOutput();
        while (true)
        {
            var said = await ReadAsync() ?? throw new InvalidOperationException("The kernel has ended.");
            output.Take(Type(said), said["event"]);
            if (Type(said) is "CommandSucceeded" or "CommandFailed" && said["command"]?["token"]?.GetValue<string>() == token) return output;
        }
    }

    /// <summary>As VS Code ends it.</summary>
    public async Task QuitAsync()
    {
        await _process.StandardInput.WriteLineAsync("""{"commandType":"Quit","command":{},"token":"quit"}""");
        await _process.WaitForExitAsync().WaitAsync(s_patience);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<JsonNode?> ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(s_patience) is { } line)
            if (line.StartsWith('{')) return JsonNode.Parse(line);
        return null;
    }

    private static string? Type(JsonNode said) => said["eventType"]?.GetValue<string>();
}

/// <summary>What a cell of the real kernel put out: values by mime type, an update in the place of what it updates.</summary>
internal sealed class KernelOutput
{
    public List<(string? Id, Dictionary<string, string> Kinds)> Values { get; } = [];
    public string Console { get; private set; } = "";
    public string? Error { get; private set; }

    public string Text => Console + string.Join('\n', Values.SelectMany(value => value.Kinds.Where(kind => kind.Key != "image/png").Select(kind => kind.Value)));

    public void Take(string? type, JsonNode? said)
    {
        switch (type)
        {
            case "ReturnValueProduced" or "DisplayedValueProduced" or "DisplayedValueUpdated":
                var id = said!["valueId"]?.GetValue<string>();
                var kinds = said["formattedValues"]!.AsArray().ToDictionary(value => value!["mimeType"]!.GetValue<string>(), value => value!["value"]!.GetValue<string>());
                var at = id is null ? -1 : Values.FindIndex(value => value.Id == id);
                if (at < 0) Values.Add((id, kinds));
                else Values[at] = (id, kinds);
                break;
            case "StandardOutputValueProduced":
                Console += string.Concat(said!["formattedValues"]!.AsArray().Select(value => value!["value"]!.GetValue<string>()));
                break;
            case "ErrorProduced" or "CommandFailed":
                Error = said?["message"]?.GetValue<string>() ?? "failed";
                break;
        }
    }
}
