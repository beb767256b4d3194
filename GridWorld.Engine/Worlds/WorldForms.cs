using System.Security.Cryptography;

namespace GridWorld;

// The forms a world comes from and goes to.
public sealed partial class World
{
    /// <summary>
    /// A SHA-256, in hexadecimal, of map and rules (not of the name): the same on every machine and in every process.
    /// </summary>
    public string Hash => hash ??= Convert.ToHexStringLower(SHA256.HashData(WorldJsonWriter.Write(this, named: false)));

    /// <summary>A world from a text map, or from FrozenLake's strings put line by line.</summary>
    /// <param name="map">The rows, separated by LF or CRLF; empty lines at the end are not rows.</param>
    /// <param name="name">A label, named in messages.</param>
    /// <param name="rules">Everything else; null means <see cref="WorldRules.Default"/>.</param>
    /// <exception cref="InputException">Lists every fault with its line and column.</exception>
    public static World Parse(string map, string name = "", WorldRules? rules = null) =>
        new(WorldText.Rows(Given.NotNull(map)), rules, Given.NotNull(name), name.Length == 0 ? "map" : Printable.Text(name));

    /// <summary>The world as the text of a <c>.world.json</c> file; what is as in a plain text map is left out.</summary>
    public string ToJson() => System.Text.Encoding.UTF8.GetString(WorldJsonWriter.Write(this, named: true));

    /// <summary>A world from the text of a <c>.world.json</c> file.</summary>
    /// <exception cref="InputException">Lists every fault.</exception>
    public static World FromJson(string json) => WorldJsonReader.Read(WorldText.Encode(Given.NotNull(json)), "world", "");

    /// <summary>A world from a file: <c>.txt</c>, <c>.world.json</c> or MovingAI's <c>.map</c>, with a <c>.scen</c> file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="moves">The move set; null means the file's own: octile for <c>.map</c>, four for <c>.txt</c>.</param>
    /// <param name="scenario">Which problem of the <c>.scen</c>, from 0; needed for a <c>.map</c>, and only there.</param>
    /// <param name="scenarioFile">The <c>.scen</c> file; null means the one next to the map with its whole name, <c>arena.map.scen</c>.</param>
    /// <exception cref="InputException">The file cannot be read or has faults; lists them all.</exception>
    public static World Load(string path, MoveSet? moves = null, int? scenario = null, string? scenarioFile = null) => WorldFile.Load(Given.NotNull(path), moves, scenario, scenarioFile);
}
