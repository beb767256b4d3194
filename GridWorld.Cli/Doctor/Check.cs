namespace GridWorld.Cli;

/// <summary>One finding of <c>doctor</c>.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="IsOk">Whether it is there and works.</param>
/// <param name="IsRequired">Whether the command itself needs it.</param>
/// <param name="Found">What was found.</param>
/// <param name="Fix">What to do if it is missing, a command if there is one.</param>
internal sealed record Check(string Name, bool IsOk, bool IsRequired, string Found, string? Fix)
{
    /// <summary>A check of what the command needs. What throws is missing, and its message is what was found.</summary>
    public static Check Required(string name, Func<string> look, string fix) => Of(name, true, look, "", fix);

    /// <summary>A check of what is good to have; null is missing.</summary>
    public static Check Optional(string name, Func<string?> look, string missing, string fix) => Of(name, false, look, missing, fix);

    static Check Of(string name, bool isRequired, Func<string?> look, string missing, string fix)
    {
        try
        {
            return look() is { } found ? new(name, true, isRequired, found, null) : new(name, false, isRequired, missing, fix);
        }
        catch (Exception e)
        {
            return new(name, false, isRequired, e.Message, fix);
        }
    }
}
