using System.Diagnostics;

namespace GridWorld.Build;

public sealed class StepFailed(string message) : Exception(message);

/// <summary>Runs programs in one folder. Prints each command and its duration, and kills a program that exceeds its time limit.</summary>
public sealed class Shell(string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>The time limit for all programs together, counted from the start. Programs that still run then are killed.</summary>
    public TimeSpan EndsAfter { get; set; } = TimeSpan.FromDays(1);

    public void Run(string program, params string[] arguments)
    {
        if (Try(Patience, program, arguments) is { } failure) throw failure;
    }

    /// <summary>Runs a program and returns null if its exit code is 0. Its output goes directly to the console.</summary>
    public StepFailed? Try(TimeSpan limit, string program, params string[] arguments)
    {
        Console.WriteLine($"> {program} {string.Join(' ', arguments)}");
        var watch = Stopwatch.StartNew();
        limit = Within(limit);
        if (limit <= TimeSpan.Zero) return new($"no time left for {Label(program, arguments)}");
        using var process = Start(Describe(program, arguments));
        var ended = End(process, limit);
        Console.WriteLine($"< {Label(program, arguments)}: {watch.Elapsed.TotalSeconds:F1} s");
        return Verdict(process, ended, limit);
    }

    /// <summary>Like <see cref="Try"/>, but prints the output in one piece at the end, for steps that run in parallel.</summary>
    public async Task<StepFailed?> TryAside(TimeSpan limit, string program, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        limit = Within(limit);
        if (limit <= TimeSpan.Zero) return new($"no time left for {Label(program, arguments)}");
        var description = Describe(program, arguments);
        description.RedirectStandardOutput = description.RedirectStandardError = true;
        using var process = Start(description);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var ended = await Task.Run(() => End(process, limit));
        Console.WriteLine($"> {program} {string.Join(' ', arguments)}\n{await output}{await errors}< {Label(program, arguments)}: {watch.Elapsed.TotalSeconds:F1} s");
        return Verdict(process, ended, limit);
    }

    /// <summary>Gets the output of a program that must exist and end with exit code 0. Its error output goes directly to the console.</summary>
    public string Read(string program, params string[] arguments)
    {
        var description = Describe(program, arguments);
        description.RedirectStandardOutput = true;
        using var process = Start(description);
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? answer.Trim() : throw new StepFailed($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{answer}");
    }

    /// <summary>Gets the output of a program, or null if the program is missing or fails.</summary>
    public string? Ask(string program, params string[] arguments)
    {
        var description = Describe(program, arguments);
        description.RedirectStandardOutput = description.RedirectStandardError = true;
        try
        {
            using var process = Start(description);
            var errors = process.StandardError.ReadToEndAsync();
            var answer = process.StandardOutput.ReadToEnd();
            errors.Wait();
            process.WaitForExit();
            return process.ExitCode == 0 ? answer.Trim() : null;
        }
        catch (StepFailed)
        {
            return null;
        }
    }

    private static string Label(string program, string[] arguments) =>
        string.Join(' ', arguments.Take(2).Select(Path.GetFileName).Prepend(program));

    private TimeSpan Within(TimeSpan limit)
    {
        var left = EndsAfter - _watch.Elapsed;
        return left < limit ? left : limit;
    }

    private ProcessStartInfo Describe(string program, string[] arguments)
    {
        // On Windows, npm is a script that only cmd.exe can start.
        var script = OperatingSystem.IsWindows() && program is "npm" or "npx";
        return script
            ? new("cmd.exe", ["/d", "/c", program, .. arguments]) { WorkingDirectory = folder }
            : new(program, arguments) { WorkingDirectory = folder };
    }

    private static Process Start(ProcessStartInfo description)
    {
        // Build servers that outlive the build keep its output, and therefore a CI job, open.
        description.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        description.Environment["UseSharedCompilation"] = "false";
        try
        {
            return Process.Start(description)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new StepFailed($"Cannot start '{description.FileName}': {e.Message}. Is it installed and on PATH?");
        }
    }

    private static bool End(Process process, TimeSpan limit)
    {
        if (process.WaitForExit(limit)) return true;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return false;
    }

    private static StepFailed? Verdict(Process process, bool ended, TimeSpan limit) =>
        !ended ? new($"stopped after {limit.TotalMinutes:F1} minutes")
        : process.ExitCode != 0 ? new($"exit code {process.ExitCode}")
        : null;
}
