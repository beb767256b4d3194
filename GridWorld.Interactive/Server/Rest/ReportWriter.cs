using System.Text.Json;

namespace GridWorld;

/// <summary>A state's report on the wire.</summary>
internal static class ReportWriter
{
    public static void Write(Utf8JsonWriter writer, string sessionId, long steps, StateReport report)
    {
        writer.WriteStartObject();
        writer.WriteString("session_id", sessionId);
        writer.WriteNumber("episode", report.Episode);
        writer.WriteNumber("steps", steps);
        writer.WriteNumber("state", report.State);
        writer.WriteNumber("x", report.X);
        writer.WriteNumber("y", report.Y);
        writer.WriteString("cell", report.Cell.ToString());
        writer.WriteBoolean("terminal", report.IsTerminal);
        writer.WriteBoolean("wall", report.IsWall);
        List("actions", report.Actions, writer.WriteStringValue);
        List("q", report.Q, value => writer.Number(value));
        List("visits", report.Visits, writer.WriteNumberValue);
        List("greedy", report.Greedy, writer.WriteNumberValue);
        writer.Number("value", report.Value);
        if (report.OptimalQ is { } optimal)
        {
            List("q_optimal", optimal, value => writer.Number(value));
            writer.Number("optimal_value", report.OptimalValue);
        }

        if (report.Best is { } best)
            List("best", best, writer.WriteNumberValue);
        else
            writer.WriteNull("best");
        writer.Number("gap", report.Gap);
        List("last_visits", report.LastVisits, visit => Visit(writer, visit));
        writer.WriteString("text", report.ToString());
        writer.WriteEndObject();

        void List<T>(string name, IReadOnlyList<T> values, Action<T> write)
        {
            writer.WriteStartArray(name);
            foreach (var value in values)
                write(value);
            writer.WriteEndArray();
        }
    }

    static void Visit(Utf8JsonWriter writer, StateVisit visit)
    {
        writer.WriteStartObject();
        writer.WriteNumber("episode", visit.Episode);
        writer.WriteNumber("step", visit.Step);
        writer.WriteNumber("action", visit.Action);
        writer.WriteBoolean("explored", visit.Explored);
        writer.Number("reward", visit.Reward);
        writer.WriteNumber("next_state", visit.NextState);
        writer.Number("old_value", visit.OldValue);
        writer.Number("new_value", visit.NewValue);
        writer.WriteEndObject();
    }
}
