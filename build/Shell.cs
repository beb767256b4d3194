using System.Diagnostics;

namespace GridWorld.Build;

public sealed class StepFailed(string message) : Exception(message);

/// <summary>Runs other programs in one folder: prints each command, how long it took, and ends what takes too long.</summary>
public sealed class Shell(string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>When everything has to be over, counted from the start: what still runs then is stopped.</summary>
    public TimeSpan EndsAfter { get; set; } = TimeSpan.FromDays(1);

    public void Run(string program, params string[] arguments)
    {
        if (Try(Patience, program, arguments) is { } failure) throw failure;
    }

    /// <summary>Null when the program ended with 0. Its output goes straight to ours.</summary>
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

    /// <summary>As <see cref="Try"/>, but the output is held back and printed in one piece, for steps that run side by side.</summary>
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

    /// <summary>What a program prints; it must be there and end with 0. Its error output goes straight to ours.</summary>
    public string Read(string program, params string[] arguments)
    {
        var description = Describe(program, arguments);
        description.RedirectStandardOutput = true;
        using var process = Start(description);
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? answer.Trim() : throw new StepFailed($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{answer}");
    }

    /// <summary>What a program prints, or null where it is missing or fails.</summary>
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
        // On Windows npm is a script, which only the command processor starts.
        var script = OperatingSystem.IsWindows() && program is "npm" or "npx";
        return script
            ? new("cmd.exe", ["/d", "/c", program, .. arguments]) { WorkingDirectory = folder }
            : new(program, arguments) { WorkingDirectory = folder };
    }

    private static Process Start(ProcessStartInfo description)
    {
        // Servers that outlive a build hold its output open, and a CI job with it.
        description.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        description.Environment["UseSharedCompilation"] = "false";
        try
        {
            return Process.Start(description)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new StepFailed($"'{description.FileName}' can't be started: {e.Message}. Is it installed and on PATH?");
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
