using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Reports what this machine has of what GridWorld needs, and what to do about the rest.</summary>
internal static class DoctorCommand
{
    static readonly string[] columns = ["name", "ok", "required", "found", "fix"];

    public static Command Make() => CommandAction.Command("doctor",
        "Check this machine: versions, processor, store, port, notebook kernel."
        + " Exits with 0 if everything that the command needs is there.",
        [Options.Store, Serving.Port, Options.Json], RunAsync);

    static Task<bool> RunAsync(ParsedOptions given)
    {
        var options = Serving.Always(given);
        given.Faults.ThrowIfAny();
        var checks = Checks.All(options.Store!, options.PortOrVariable);
        if (given.Flag(Options.Json))
            Json.PrintRows(columns, checks.Select(c => new object?[] { c.Name, c.IsOk, c.IsRequired, c.Found, c.Fix }));
        else
            foreach (var check in checks)
                Console.Out.WriteLine(Line(check));
        return Task.FromResult(checks.All(c => c.IsOk || !c.IsRequired));
    }

    static string Line(Check check) => $"{(check.IsOk ? "ok" : "missing"),-7}  {check.Name,-9}  {Printable.Line(check.Found)}"
        + (check.Fix is { } fix ? $"\n{"",-20}{fix}" : "");
}
