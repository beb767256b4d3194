namespace GridWorld;

/// <summary>What a caller passed in cannot be used. The message names each faulty value, its range and the way out.</summary>
public sealed class InputException : Exception
{
    /// <summary>An exception with all faults of one input.</summary>
    /// <param name="errors">The faults, each a complete sentence; at least one.</param>
    public InputException(params IReadOnlyList<string> errors) : base(string.Join(Environment.NewLine, Given.NotNull(errors))) => Errors = errors;

    /// <summary>The faults, in the order in which they were found.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>Whether the exception prints its message alone, without its type and the stack: so in a notebook.</summary>
    internal static bool PrintsMessageOnly { get; set; }

    /// <inheritdoc/>
    public override string ToString() => PrintsMessageOnly ? Message : base.ToString();
}
