namespace GridWorld;

/// <summary>One entry of the catalog of worlds.</summary>
public sealed class CatalogWorld
{
    readonly Func<string, bool?, World?> make;

    internal CatalogWorld(string name, string example, string description, string source, bool canSlip, Func<string, bool?, World?> make) =>
        (Name, Example, Description, Source, CanSlip, this.make) = (name, example, description, source, canSlip, make);

    /// <summary>The name, or the pattern of a family: <c>empty-WxH</c>.</summary>
    public string Name { get; }

    /// <summary>A name that can be asked for: the same, or one of the family.</summary>
    public string Example { get; }

    /// <summary>What it is, in one sentence.</summary>
    public string Description { get; }

    /// <summary>Where it comes from.</summary>
    public string Source { get; }

    /// <summary>Whether <see cref="WorldArguments.Slippery"/> applies.</summary>
    public bool CanSlip { get; }

    /// <summary>The world of a name, or null if the name is not this entry's.</summary>
    internal World? Make(string name, bool? slippery) => make(name, slippery);
}
