using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;

namespace GridWorld.Tests;

/// <summary>The page's TypeScript types, made from the records that the server writes.</summary>
public sealed class WireTypesTests
{
    const string Accept = "GRIDWORLD_ACCEPT_API";

    static readonly Type[] NotOfThePage = [typeof(RawJson), typeof(Problem), typeof(Hello), typeof(Fault)];
    static readonly NullabilityInfoContext Nullability = new();
    // The file beside an assembly has the comments of public types only.
    static readonly Dictionary<string, XElement> Docs = new[] { "GridWorld.Interactive", "GridWorld.Engine" }
        .SelectMany(project => XDocument.Load(Repository.At(project, "obj", Configuration, "net10.0", $"{project}.xml.all"))
            .Descendants("member"))
        .ToDictionary(member => (string)member.Attribute("name")!);

    static string Configuration =>
        Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;

    [Fact]
    public async Task Types_of_the_page_are_the_records_of_the_server()
    {
        var file = Repository.At("GridWorld.Interactive", "widget", "src", "wire", "messages.ts");
        var now = Types();
        if (Environment.GetEnvironmentVariable(Accept) == "1")
            await File.WriteAllTextAsync(file, now, TestContext.Current.CancellationToken);
        Assert.True(now == (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"),
            $"The records of the wire are not those of {file}. Run this test once with {Accept}=1 in the environment, then mend the page.");
    }

    [Fact]
    public void Row_is_written_as_its_members_in_their_order()
    {
        object[] rows =
        [
            new WireBucket(1, 2, 3, 4, 5, 6, 7), new WireAxisMark(1, 2, 3), new WireEpisode(1, 2, 3, 4, 5, 6, 7, [8], 9, 10),
        ];
        foreach (var row in rows)
        {
            var members = Members(row.GetType()).Select(member => member.GetValue(row))
                .Select(value => value is IEnumerable ? 8 : Convert.ToDouble(value));
            var written = JsonNode.Parse(JsonSerializer.Serialize(row, row.GetType(), WireJson.Default))!.AsArray();

            Assert.Equal(members, written.Select(value => value is JsonArray list ? (double)list[0]! : (double)value!));
        }
    }

    static string Types()
    {
        var text = new StringBuilder("""
            // Made from the records that the server writes (WireTypesTests.cs): do not edit.

            /** A number. Non-finite numbers are strings, because JSON has none. */
            export type WireNumber = number | "NaN" | "Infinity" | "-Infinity";

            """);
        foreach (var type in WireJson.Default.GetType().GetProperties().Select(p => p.PropertyType).Where(t => t.IsGenericType)
            .Select(t => t.GenericTypeArguments[0]).Where(t => t.Namespace == nameof(GridWorld) && !NotOfThePage.Contains(t))
            .OrderBy(t => t.Name))
        {
            text.Append('\n').Append(Doc($"T:{type.FullName}", "summary", ""));
            if (type.IsEnum)
                text.Append(Union(type.Name, [.. Enum.GetNames(type).Select(n => $"\"{Snake(n)}\"")]));
            else if (WireJson.Default.GetTypeInfo(type)!.Kind == JsonTypeInfoKind.None)
                text.Append($"export type {type.Name} = [\n{string.Concat(Members(type).Select(Element))}];\n");
            else
                text.Append($"export interface {type.Name}"
                    + $" {{\n{string.Concat(WireJson.Default.GetTypeInfo(type)!.Properties.Where(p => p.Get is not null)
                        .Select(Line))}}}\n");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>In one line if it fits; otherwise as the page's formatter breaks it.</summary>
    static string Union(string name, string[] words) => $"export type {name} = {string.Join(" | ", words)};\n" is { Length: <= 141 } line
        ? line : $"export type {name} ={string.Concat(words.Select(word => $"\n  | {word}"))};\n";

    static string Line(JsonPropertyInfo json)
    {
        var member = (PropertyInfo)json.AttributeProvider!;
        var type = $"T:{member.DeclaringType!.FullName}";
        var doc = Doc(type, $"param[@name='{member.Name}']", "  ") is { Length: > 0 } own ? own
            : Doc($"P:{member.DeclaringType.FullName}.{member.Name}", "summary", "  ");
        var (name, mayBeAbsent) = TypeOf(member);
        return $"{doc}  {json.Name}{(mayBeAbsent ? "?" : "")}: {name};\n";
    }

    static string Element(PropertyInfo member)
    {
        var (name, mayBeAbsent) = TypeOf(member);
        return $"  {name}{(mayBeAbsent ? "?" : "")}, // {Snake(member.Name)}\n";
    }

    static (string Type, bool MayBeAbsent) TypeOf(PropertyInfo member)
    {
        var mayBeAbsent = member.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.WhenWritingNull;
        var mayBeNull = !mayBeAbsent && Nullability.Create(member).ReadState == NullabilityState.Nullable;
        var handling = member.GetCustomAttribute<JsonNumberHandlingAttribute>()
            ?? member.DeclaringType!.GetCustomAttribute<JsonNumberHandlingAttribute>();
        var name = handling?.Handling == JsonNumberHandling.Strict
            ? Name(member.PropertyType).Replace("WireNumber", "number") : Name(member.PropertyType);
        return (name + (mayBeNull ? " | null" : ""), mayBeAbsent);
    }

    static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? Name(inner)
        : type == typeof(double) ? "WireNumber"
        : type == typeof(int) || type == typeof(long) ? "number"
        : type == typeof(bool) ? "boolean"
        : type == typeof(string) || type == typeof(DateTimeOffset) || type == typeof(byte[]) ? "string"
        : type == typeof(RawJson) ? "unknown"
        : type.IsArray ? $"{Name(type.GetElementType()!)}[]"
        : type.GenericTypeArguments is [_, var value] ? $"Record<string, {Name(value)}>"
        : type.IsGenericType ? $"{Name(type.GenericTypeArguments[0])}[]"
        : type.Name;

    static PropertyInfo[] Members(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    static string Doc(string member, string path, string indent)
    {
        var found = Docs.TryGetValue(member, out var told) ? System.Xml.XPath.Extensions.XPathSelectElement(told, path) : null;
        var words = found?.Value.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries) ?? [];
        // The page's lines have at most 140 columns; of a longer text its first sentence is enough.
        var doc = string.Join(' ', words) is { Length: > 128 } text
            ? text[..(text.IndexOfAny([';', '.']) + 1)].TrimEnd(';') : string.Join(' ', words);
        return doc.Length == 0 ? "" : $"{indent}/** {doc} */\n";
    }
}
