namespace GridWorld;

/// <summary>How a run is shown while it trains.</summary>
public enum DisplayMode
{
    /// <summary>Picture, numbers, and a link to the live view, which is served on a port of this machine.</summary>
    Live,

    /// <summary>Picture and numbers only. No server starts; use this if no port can be opened or reached.</summary>
    Inline,
}
