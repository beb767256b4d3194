using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>The catalog of worlds.</summary>
internal static class WorldsCommand
{
    public static Command Make() => CommandAction.Command("worlds", "List the worlds of the catalog.", [Options.Json], Run);

    static void Run(Given given)
    {
        given.Faults.ThrowIfAny();
        if (!given.Flag(Options.Json))
        {
            Facts.Table(["world", "what it is"], [.. Worlds.Catalog.Select(w => new object?[] { w.Name, w.Description })]);
            return;
        }

        Json.Print(json =>
        {
            json.WriteStartArray();
            foreach (var world in Worlds.Catalog)
            {
                json.WriteStartObject();
                json.WriteString("name", world.Name);
                json.WriteString("example", world.Example);
                json.WriteString("description", world.Description);
                json.WriteString("source", world.Source);
                json.WriteBoolean("slippery", world.CanSlip);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
