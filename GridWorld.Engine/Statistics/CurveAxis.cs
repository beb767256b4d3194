namespace GridWorld;

/// <summary>What the horizontal axis of a learning curve counts.</summary>
public enum CurveAxis
{
    /// <summary>Episodes of training.</summary>
    Episodes,

    /// <summary>Steps of training. The fair axis if one agent's episodes are longer than the other's.</summary>
    Steps,
}
