namespace GridWorld;

/// <summary>The exception for invalid input. The message names each invalid value, its range and the correction.</summary>
public sealed class InputException : Exception
{
    /// <summary>Creates an exception that lists all errors of one input.</summary>
    /// <param name="errors">The errors, each a complete sentence; at least one.</param>
    public InputException(params IReadOnlyList<string> errors) : base(string.Join(Environment.NewLine, Guard.NotNull(errors))) =>
        Errors = errors;

    /// <summary>The errors, in the order in which they were found.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>The same errors, each with the name of the file that it is in.</summary>
    internal InputException In(string file) => new([.. Errors.Select(error => $"{file}: {error}")]);

    /// <summary>Whether the exception prints only its message, without its type and stack trace. A notebook sets this.</summary>
    internal static bool PrintsMessageOnly { get; set; }

    /// <inheritdoc/>
    public override string ToString() => PrintsMessageOnly ? Message : base.ToString();
}
