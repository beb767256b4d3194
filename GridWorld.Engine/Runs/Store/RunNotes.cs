using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridWorld;

/// <summary>
/// The notes of a store, in a file next to the runs: it appears completely or not at all, and may be deleted. Without a folder, they last
/// as long as the process.
/// </summary>
internal sealed class RunNotes(string? folder)
{
    public const string FileName = ".notes.json";
    public const int Longest = 500;

    readonly Lock gate = new();
    readonly string? path = folder is null ? null : Path.Combine(Path.GetFullPath(folder), FileName);
    Dictionary<string, RunNote> notes = new(StringComparer.Ordinal);
    (long Length, DateTime Written) read;
    string? fault;

    public RunNote Of(string id)
    {
        lock (gate)
            return notes.GetValueOrDefault(id) ?? RunNote.None;
    }

    /// <summary>Reads the file again if another process changed it.</summary>
    public void Refresh()
    {
        lock (gate)
            Read();
    }

    /// <exception cref="InputException">The file cannot be written, or it is damaged and would lose its notes.</exception>
    public void Set(string id, RunNote note)
    {
        lock (gate)
        {
            Read();
            if (fault is not null)
                throw new InputException(fault);
            if (Of(id) == note)
                return;
            var changed = new Dictionary<string, RunNote>(notes, StringComparer.Ordinal);
            if (note == RunNote.None)
                changed.Remove(id);
            else
                changed[id] = note;
            if (path is not null)
                Write(path, changed);
            notes = changed;
        }
    }

    void Read()
    {
        if (path is null)
            return;
        try
        {
            var file = new FileInfo(path);
            var stamp = file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
            if (stamp == read)
                return;
            (read, fault) = (stamp, null);
            notes = file.Exists
                ? new(JsonSerializer.Deserialize(File.ReadAllBytes(path), RunNotesJson.Default.DictionaryStringRunNote) ?? [],
                    StringComparer.Ordinal)
                : new(StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            fault = $"The notes in {path} cannot be read. Repair the file or move it away, then try again.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault = $"The notes in {path} cannot be read: {Printable.Text(e.Message, 200)}";
            read = default;
        }
    }

    void Write(string place, Dictionary<string, RunNote> changed)
    {
        try
        {
            using (var file = new OutputFile(place))
            {
                JsonSerializer.Serialize(file.Stream, changed, RunNotesJson.Default.DictionaryStringRunNote);
                file.Complete();
            }

            var written = new FileInfo(place);
            read = (written.Length, written.LastWriteTimeUtc);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The note cannot be saved: {e.Message}");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]

[JsonSerializable(typeof(Dictionary<string, RunNote>))]
internal sealed partial class RunNotesJson : JsonSerializerContext;
