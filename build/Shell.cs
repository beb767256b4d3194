using System.Diagnostics;

namespace GridWorld.Build;

public sealed class StepFailed(string message) : Exception(message);

/// <summary>Runs programs in one folder. Prints each command and its duration, and kills a program that exceeds its time limit.</summary>
public sealed class Shell(string folder)
{
    readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>The time limit for all programs together, counted from the start. Programs that still run then are killed.</summary>
    public TimeSpan EndsAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Whether output is printed in one piece at the end, for steps that run in parallel.</summary>
    public bool IsAside { get; init; }

    /// <summary>
    /// Lets the .NET programs that are started from now on compile less: no instrumented code, and fewer methods twice. Most tests are
    /// young processes: a notebook then takes less than half of the processor's time, and a page a third less.
    /// </summary>
    public static void CompileLess()
    {
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
        Environment.SetEnvironmentVariable("DOTNET_TC_CallCountThreshold", "200");
    }

    /// <exception cref="StepFailed">It did not end with exit code 0 within 15 minutes.</exception>
    public void Run(string program, params string[] arguments)
    {
        if (Try(15, program, arguments) is { } why)
            throw new StepFailed($"{program} {string.Join(' ', arguments)}: {why}");
    }

    /// <summary>Runs a program and returns null if its exit code is 0 within the given minutes, else the reason.</summary>
    public string? Try(double minutes, string program, params string[] arguments)
    {
        string command = $"{program} {string.Join(' ', arguments)}";
        if (!IsAside)
            Console.WriteLine($"> {command}");
        var begun = watch.Elapsed;
        var limit = TimeSpan.FromMinutes(Math.Min(minutes, (EndsAfter - begun).TotalMinutes));
        if (limit <= TimeSpan.Zero)
            return "no time left for it";
        using var process = Start(program, arguments, IsAside);
        var output = IsAside ? Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()) : null;
        bool ended = process.WaitForExit(limit);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        string held = output is null ? "" : $"> {command}\n{string.Concat(output.Result)}";
        Console.WriteLine(
            $"{held}< {Path.GetFileName(program)} {string.Join(' ', arguments.Take(2).Select(Path.GetFileName))}:"
            + $" {(watch.Elapsed - begun).TotalSeconds:F1} s");
        return !ended ? $"stopped after {limit.TotalMinutes:F1} minutes" : process.ExitCode != 0 ? $"exit code {process.ExitCode}" : null;
    }

    /// <summary>Gets the output of a program, or null if the program is missing or fails.</summary>
    public string? Ask(string program, params string[] arguments)
    {
        try
        {
            using var process = Start(program, arguments, isRead: true);
            var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            process.WaitForExit();
            return process.ExitCode == 0 ? output.Result[0].Trim() : null;
        }
        catch (StepFailed)
        {
            return null;
        }
    }

    Process Start(string program, string[] arguments, bool isRead)
    {
        // On Windows, npm is a script that only cmd.exe can start.
        var start = OperatingSystem.IsWindows() && program is "npm"
            ? new ProcessStartInfo("cmd.exe", ["/d", "/c", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.WorkingDirectory = folder;
        start.RedirectStandardOutput = start.RedirectStandardError = isRead;
        // Build servers that outlive the build keep its output, and therefore a CI job, open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new StepFailed($"Cannot start '{program}': {e.Message}. Is it installed and on PATH?");
        }
    }
}
