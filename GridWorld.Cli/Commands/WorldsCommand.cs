using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Lists the world catalog.</summary>
internal static class WorldsCommand
{
    public static Command Make() => CommandAction.Command("worlds", "List the worlds of the catalog.", [Options.Json], Run);

    static void Run(ParsedOptions given)
    {
        given.Faults.ThrowIfAny();
        if (given.Flag(Options.Json))
            Json.Print([.. Worlds.Catalog.Select(w => new WorldReport(w.Name, w.Example, w.Description, w.Source, w.CanSlip))],
                ReportJson.Default.WorldReportArray);
        else
            Facts.Table(["world", "description"], [.. Worlds.Catalog.Select(w => new object?[] { w.Name, w.Description })]);
    }
}

/// <summary>A world as <c>worlds --json</c> prints it.</summary>
internal sealed record WorldReport(string Name, string Example, string Description, string Source, bool Slippery);
