using System.Text.Json;

namespace GridWorld;

/// <summary>An episode's steps in short, for the page that replays it.</summary>
internal static class EpisodeWriter
{
    public static void Part(Utf8JsonWriter writer, string id, long episode, EpisodePart part)
    {
        writer.WriteStartObject();
        writer.WriteString("session_id", id);
        writer.WriteNumber("episode", episode);
        writer.WriteNumber("length", part.Length);
        writer.Number("return", part.Return);
        writer.Number("epsilon", part.Epsilon);
        writer.WriteStartArray("steps");
        foreach (var step in part.Steps)
            Step(writer, step);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void Step(Utf8JsonWriter writer, EpisodeStep step)
    {
        writer.WriteStartObject();
        writer.WriteNumber("step", step.Step);
        writer.WriteNumber("state", step.State);
        writer.WriteNumber("action", step.Action);
        writer.WriteBoolean("explored", step.Explored);
        writer.Number("reward", step.Reward);
        writer.WriteNumber("next_state", step.NextState);
        writer.WriteBoolean("terminated", step.End == StepEnd.Terminated);
        writer.WriteBoolean("truncated", step.End == StepEnd.Truncated);
        writer.WriteStartArray("q");
        foreach (var value in step.Q)
            writer.Number(value);
        writer.WriteEndArray();
        writer.Number("q_after", step.NewValue);
        writer.WriteEndObject();
    }
}
