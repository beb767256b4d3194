namespace GridWorld;

/// <summary>An entry of the world catalog.</summary>
public sealed class CatalogWorld
{
    readonly Func<string, WorldArguments, World?> make;

    internal CatalogWorld(string name, string example, string description, string source, Func<string, WorldArguments, World?> make) =>
        (Name, Example, Description, Source, this.make) = (name, example, description, source, make);

    /// <summary>The name, or the pattern of a family: <c>empty-WxH</c>.</summary>
    public string Name { get; }

    /// <summary>A name that <see cref="Worlds.Get"/> accepts: <see cref="Name"/> itself, or one name of the family.</summary>
    public string Example { get; }

    /// <summary>A description in one sentence.</summary>
    public string Description { get; }

    /// <summary>The book, program or paper that the world comes from.</summary>
    public string Source { get; }

    /// <summary>Whether <see cref="WorldArguments.Slippery"/> applies.</summary>
    public bool CanSlip { get; internal init; }

    /// <summary>Whether <see cref="WorldArguments.SuccessRate"/> applies.</summary>
    public bool HasSuccessRate { get; internal init; }

    /// <summary>Creates the world of a name; null if the name does not belong to this entry.</summary>
    internal World? Make(string name, WorldArguments arguments) => make(name, arguments);
}
