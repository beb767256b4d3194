using System.Diagnostics;
using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>The notebooks' kernel, as an editor starts it and talks to it.</summary>
internal sealed class NotebookKernel : IDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);
    static readonly string packages = Directory.CreateTempSubdirectory("gridworld-kernel-packages-").FullName;
    readonly Process process;
    int _commands;

    static NotebookKernel() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(packages, recursive: true);

    NotebookKernel(Process process) => this.process = process;

    /// <summary>Starts it in a folder, with the packed packages as a source for one language.</summary>
    public static async Task<NotebookKernel> StartAsync(string folder, string store, string language = "csharp")
    {
        var start = new ProcessStartInfo("dotnet",
            [KernelTool.Program, "[vscode]", "stdio", "--working-dir", folder, "--default-kernel", "csharp"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        // Ours never come out of a cache that knew them before.
        PackageCache.Hide(start.Environment, packages);
        start.Environment["GRIDWORLD_STORE"] = store;
        // Without it a welcome comes first.
        start.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var kernel = new NotebookKernel(process);
        while (Type(await kernel.ReadAsync()) != "KernelReady") { }
        await kernel.RunAsync($"#i \"nuget:{PackedVersion.Feed}\"", language);
        return kernel;
    }

    /// <summary>Runs a cell.</summary>
    public async Task<CellOutput> RunAsync(string code, string language = "csharp")
    {
        var output = new CellOutput();
        await SendAsync("SubmitCode", new() { ["code"] = code, ["targetKernelName"] = language }, said =>
        {
            output.Take(Type(said), said["event"]);
            if (said["commandType"]?.GetValue<string>() == "SendValue") output.Sent.Add(
                said["command"]!["formattedValue"]!["value"]!.GetValue<string>());
        }, stray => output.Stray += stray);
        return output;
    }

    /// <summary>
    /// What an editor offers (RequestCompletions) or says (RequestHoverText) at the end of a line, as the kernel wrote it.
    /// </summary>
    public async Task<string> AskAsync(string command, string line, string language = "csharp")
    {
        var answer = "";
        await SendAsync(command,
            new() { ["code"] = line, ["linePosition"] = new JsonObject { ["line"] = 0, ["character"] = line.Length },
            ["targetKernelName"] = language },
            said => answer += Type(said) is "CompletionsProduced" or "HoverTextProduced" ? said["event"]!.ToJsonString() : "", _ => { });
        return answer;
    }

    /// <summary>As an editor ends it.</summary>
    public async Task QuitAsync()
    {
        await process.StandardInput.WriteLineAsync("""{"commandType":"Quit","command":{},"token":"quit"}""");
        await process.WaitForExitAsync().WaitAsync(patience);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    async Task SendAsync(string type, JsonObject command, Action<JsonNode> take, Action<string> stray)
    {
        var token = $"test-{++_commands}";
        await process.StandardInput.WriteLineAsync(new JsonObject { ["commandType"] = type, ["command"] = command,
            ["token"] = token }.ToJsonString());
        while (true)
        {
            var said = await ReadAsync(stray);
            take(said);
            if (Type(said) is "CommandSucceeded" or "CommandFailed" && said["command"]?["token"]?.GetValue<string>() == token) return;
            // A command is for the page, which has done it.
            if (said["commandType"] is not null)
                await process.StandardInput.WriteLineAsync(new JsonObject { ["eventType"] = "CommandSucceeded",
                    ["event"] = new JsonObject(), ["command"] = said.DeepClone(), ["routingSlip"] = new JsonArray() }.ToJsonString());
        }
    }

    async Task<JsonNode> ReadAsync(Action<string>? stray = null)
    {
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(patience) is { } line)
        {
            if (line.StartsWith('{')) return JsonNode.Parse(line)!;
            stray?.Invoke(line);
        }

        throw new InvalidOperationException("The kernel has ended.");
    }

    static string? Type(JsonNode said) => said["eventType"]?.GetValue<string>();
}
