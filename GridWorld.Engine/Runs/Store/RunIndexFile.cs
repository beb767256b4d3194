using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridWorld;

/// <summary>The cache of a store's <see cref="RunIndex"/> on disk: a digest, then its entries as JSON.</summary>
internal static class RunIndexFile
{
    const string FileName = ".runs.index";

    /// <summary>The entries of a folder; none if there is no cache, or if it is damaged.</summary>
    public static Dictionary<string, RunIndex.Entry> Load(string folder)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(folder, FileName));
            return bytes.Length > Digest.Size && Digest.Of(bytes.AsSpan(Digest.Size..)).AsSpan().SequenceEqual(bytes.AsSpan(..Digest.Size))
                ? WithSettings(JsonSerializer.Deserialize(bytes.AsSpan(Digest.Size..), RunIndexJson.Default.DictionaryStringEntry) ?? [])
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Without the cache, every file is opened.
            return [];
        }
    }

    /// <summary>
    /// Writes the entries. The file appears completely or not at all, even if another process writes it at the same time.
    /// </summary>
    public static void Save(string folder, Dictionary<string, RunIndex.Entry> entries)
    {
        try
        {
            using var file = new OutputFile(Path.Combine(folder, FileName));
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(entries, RunIndexJson.Default.DictionaryStringEntry);
            file.Stream.Write(Digest.Of(json));
            file.Stream.Write(json);
            file.Complete();
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            // A read-only folder has no cache.
        }
    }

    // An index of an earlier version has no settings, or another digest of the world: its files are opened once more.
    static Dictionary<string, RunIndex.Entry> WithSettings(Dictionary<string, RunIndex.Entry> loaded) => new(
        loaded.Where(e => e.Value.Run.Settings is { World.Length: World.HashLength }), StringComparer.Ordinal);
}

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Dictionary<string, RunIndex.Entry>))]
internal sealed partial class RunIndexJson : JsonSerializerContext;
