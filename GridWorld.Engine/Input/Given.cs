using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>Arguments of public members, checked where they stand.</summary>
internal static class Given
{
    /// <exception cref="ArgumentNullException">It is null; the exception has its name.</exception>
    public static T NotNull<T>(T? value, [CallerArgumentExpression(nameof(value))] string? name = null) where T : class =>
        value ?? throw new ArgumentNullException(name);
}
