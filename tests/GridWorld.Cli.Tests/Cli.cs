using System.Diagnostics;
using System.Text.Json;

namespace GridWorld.Tests;

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

    /// <summary>
    /// Starts it with the signals as a terminal leaves them, also where the tests were started by nohup or behind an &amp;.
    /// </summary>
    public static Process Start(string folder, params string[] arguments) => Start(["--default-signal=HUP,INT,TERM"], folder, arguments);

    /// <summary>Starts it with a variable of its environment set; on Linux only.</summary>
    public static Process StartWith(string variable, string folder, params string[] arguments) =>
        Start(["--default-signal=HUP,INT,TERM", variable], folder, arguments);

    /// <summary>Starts it as nohup and an &amp; in a script do.</summary>
    public static Process StartDeaf(string folder, params string[] arguments) => Start(["--ignore-signal=HUP,INT"], folder, arguments);

    static Process Start(string[] environment, string folder, string[] arguments)
    {
        string[] command = [.. OperatingSystem.IsLinux() ? ["env", .. environment] : Array.Empty<string>(), "dotnet", Program,
            .. arguments];
        return Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = folder })!;
    }

    /// <summary>Sends a signal, and waits for the end.</summary>
    public static async Task<Outcome> SignalAsync(Process process, string signal)
    {
        using (var kill = Process.Start("kill", ["-" + signal, $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await EndAsync(process);
    }

    public static async Task<Outcome> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken)
                .WaitAsync(Wait.Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail($"The process did not end within {Wait.Patience}. It said: {await output}{await error}");
        }

        return new(process.ExitCode, await output, await error);
    }
}
