using System.Text.Json.Serialization;

#pragma warning disable CS1573 // Only members whose names do not say it have words.

namespace GridWorld;

/// <summary>The members that every frame has; what it shows follows, a section each.</summary>
/// <param name="At">The run as it was after this episode; absent: as it is.</param>
/// <param name="Base">The frame that this one continues; null: it begins a view.</param>
/// <param name="More">Whether the view continues in the next frame.</param>
internal sealed record WireFrame(int V, string Instance, string SessionId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? At, long Seq, long? Base, bool More);
