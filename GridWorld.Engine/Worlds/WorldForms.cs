using System.Security.Cryptography;

namespace GridWorld;

// Conversions of a world from and to text, JSON and files.
public sealed partial class World
{
    /// <summary>The SHA-256 of map and rules, without the name, in lowercase hexadecimal. It is the same on every machine.</summary>
    public string Hash => hash ??= Convert.ToHexStringLower(SHA256.HashData(WorldJsonWriter.Write(this, named: false)));

    /// <summary>Creates a world from a text map, such as FrozenLake's strings joined by line feeds.</summary>
    /// <param name="map">The rows, separated by LF or CRLF; empty lines at the end are ignored.</param>
    /// <param name="name">A label, which messages use as the source.</param>
    /// <param name="rules">The rules. Default: <see cref="WorldRules.Default"/>.</param>
    /// <exception cref="InputException">The map or the rules have errors; lists them all, those of the map with line and
    /// column.</exception>
    public static World Parse(string map, string name = "", WorldRules? rules = null) =>
        new(WorldText.Rows(Given.NotNull(map)), rules, Given.NotNull(name), name.Length == 0 ? "map" : Printable.Text(name));

    /// <summary>Returns the world as the text of a <c>.world.json</c> file, without the rules that have their defaults.</summary>
    public string ToJson() => System.Text.Encoding.UTF8.GetString(WorldJsonWriter.Write(this, named: true));

    /// <summary>Creates a world from the text of a <c>.world.json</c> file.</summary>
    /// <exception cref="InputException">The text has errors; lists them all.</exception>
    public static World FromJson(string json) => WorldJsonReader.Read(WorldText.Encode(Given.NotNull(json)), "world", "");

    /// <summary>Loads a world from a file: <c>.txt</c>, <c>.world.json</c>, or MovingAI's <c>.map</c> with a <c>.scen</c> file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="moves">The move set. Default: octile for <c>.map</c>, four for <c>.txt</c>, and the one in a
    /// <c>.world.json</c>.</param>
    /// <param name="scenario">Number of the problem in the <c>.scen</c> file, from 0. Required for a <c>.map</c>, invalid
    /// otherwise.</param>
    /// <param name="scenarioFile">The <c>.scen</c> file. Default: the one next to the map, such as <c>arena.map.scen</c>.</param>
    /// <exception cref="InputException">The file cannot be read or has errors; lists them all.</exception>
    public static World Load(string path, MoveSet? moves = null, int? scenario = null, string? scenarioFile = null) =>
        WorldFile.Load(Given.NotNull(path), moves, scenario, scenarioFile);
}
