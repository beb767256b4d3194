using System.Buffers;
using System.Text;
using System.Text.Json;

namespace GridWorld;

/// <summary>The options that a resumed run keeps.</summary>
internal sealed record KeptOptions(long CheckpointEvery, bool SampleEveryEpisode, int TraceEpisodes)
{
    public static KeptOptions Of(RunOptions options) => new(options.CheckpointEvery, options.SampleEveryEpisode, options.TraceEpisodes);

    /// <summary>The options to resume a run. The options that affect its metrics are kept.</summary>
    public RunOptions Apply(RunOptions? options) => options is null
        ? new() { CheckpointEvery = CheckpointEvery, SampleEveryEpisode = SampleEveryEpisode, TraceEpisodes = TraceEpisodes }
        : options with { SampleEveryEpisode = SampleEveryEpisode, TraceEpisodes = TraceEpisodes };

    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("checkpoint_every", CheckpointEvery);
            json.WriteBoolean("sample_every_episode", SampleEveryEpisode);
            json.WriteNumber("trace_episodes", TraceEpisodes);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static KeptOptions FromJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = 4 });
            var json = document.RootElement;
            return new(json.GetProperty("checkpoint_every").GetInt64(), json.GetProperty("sample_every_episode").GetBoolean(),
                json.GetProperty("trace_episodes").GetInt32());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new InputException($"The options of the run cannot be read: {Printable.Text(e.Message, 200)}");
        }
    }
}
