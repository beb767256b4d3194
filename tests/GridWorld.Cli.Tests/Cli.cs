using System.Diagnostics;
using System.Text.Json;

namespace GridWorld.Cli.Tests;

/// <summary>What a command line came to.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    public JsonElement Json
    {
        get
        {
            Assert.True(ExitCode == 0, $"exit {ExitCode}: {Error}");
            return JsonDocument.Parse(Output).RootElement;
        }
    }

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>The command line, called in this process, or started as one of its own.</summary>
internal static class Cli
{
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "GridWorld.Cli.dll");

    public static async Task<Outcome> RunAsync(params string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using StringWriter newOutput = new(), newError = new();
        try
        {
            Console.SetOut(newOutput);
            Console.SetError(newError);
            return new(await CommandLine.RunAsync(arguments), newOutput.ToString(), newError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    public static Process Start(string folder, params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = folder,
    })!;

    public static async Task<Outcome> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }
}
