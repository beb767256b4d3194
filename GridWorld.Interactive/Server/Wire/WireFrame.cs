using System.Text.Json.Serialization;

#pragma warning disable CS1573 // Only members whose names do not say it have words.

namespace GridWorld;

/// <summary>The members of every frame. The sections with the content follow.</summary>
/// <param name="At">The episode after which the run is shown; absent for the present.</param>
/// <param name="Base">The number of the frame that this frame continues; null if it starts a view.</param>
/// <param name="More">Whether the view continues in the next frame.</param>
internal sealed record WireFrame(int V, string Instance, string SessionId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? At, long Seq, long? Base, bool More);
