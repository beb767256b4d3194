using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>Checks arguments of public members inside an expression.</summary>
internal static class Guard
{
    /// <exception cref="ArgumentNullException">The value is null; the exception contains the argument's name.</exception>
    public static T NotNull<T>(T? value, [CallerArgumentExpression(nameof(value))] string? name = null) where T : class =>
        value ?? throw new ArgumentNullException(name);
}
