using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>Home or a worker: the command line as a process of its own, whose lines can be waited for.</summary>
internal sealed class Actor : IDisposable
{
    static readonly string program = Path.Combine(AppContext.BaseDirectory, "GridWorld.Cli.dll");
    readonly Process process;
    readonly List<string> output = [], errors = [];
    readonly string name;

    Actor(string name, ProcessStartInfo start)
    {
        this.name = name;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) => Add(output, e.Data);
        process.ErrorDataReceived += (_, e) => Add(errors, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public string[] Errors
    {
        get
        {
            lock (errors)
                return [.. errors];
        }
    }

    public string Output
    {
        get
        {
            lock (output)
                return string.Join('\n', output);
        }
    }

    /// <summary>The address that home printed.</summary>
    public string Address => Line("listening ")["listening ".Length..];

    /// <summary>Starts the command line.</summary>
    public static Actor Start(string name, string folder, params string[] arguments)
    {
        string[] command = [.. OperatingSystem.IsLinux() ? ["env", "--default-signal=HUP,INT,TERM"] : Array.Empty<string>(), "dotnet",
            program, .. arguments];
        return new(name, new(command[0], command[1..])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        });
    }


    /// <summary>Waits for a line of stderr.</summary>
    /// <param name="part">What it contains.</param>
    /// <param name="before">Number of such lines that were there before.</param>
    public string Line(string part, int before = 0)
    {
        Wait.Until(() => Lines(part).Length > before || process.HasExited, $"{name} does not say '{part}'. {this}");
        var lines = Lines(part);
        Assert.True(lines.Length > before, $"{name} has ended without '{part}'. {this}");
        return lines[before];
    }

    public string[] Lines(string part) => [.. Errors.Where(line => line.Contains(part, StringComparison.Ordinal))];

    public void Signal(string signal)
    {
        if (process.HasExited)
            return;
        using var kill = Process.Start("kill", ["-" + signal, $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends it as a power cut would, and waits until it is gone.</summary>
    public void Kill()
    {
        Assert.False(process.HasExited, $"{name} has ended before it was killed. {this}");
        Signal("KILL");
        process.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    public int End(TimeSpan? patience = null)
    {
        Assert.True(process.WaitForExit(patience ?? Wait.Patience), $"{name} does not end. {this}");
        process.WaitForExit(); // also for the last lines
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Signal("KILL");
            process.WaitForExit();
        }

        process.Dispose();
    }

    public override string ToString() =>
        $"{name} said:\n{string.Join('\n', Errors)}\n{(Output is { Length: > 500 } all ? all[..500] + "…" : Output)}\n";

    static void Add(List<string> lines, string? line)
    {
        lock (lines)
        {
            if (line is not null)
                lines.Add(line);
        }
    }
}
