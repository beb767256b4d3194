namespace GridWorld;

/// <summary>How a run is shown while it trains.</summary>
public enum DisplayMode
{
    /// <summary>With a link to the live view, which is served on a port of this machine.</summary>
    Live,

    /// <summary>By picture and numbers alone. Nothing is served: for places where no port can be opened or reached.</summary>
    Inline,
}
