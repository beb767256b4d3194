using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace GridWorld;

/// <summary>A property of one of our types that says something in a cell.</summary>
internal sealed record ShownProperty(string Name, Type Type, Func<object, object?> Read)
{
    static readonly ConcurrentDictionary<Type, IReadOnlyList<ShownProperty>> Known = [];

    /// <summary>Those of a type, in the order of their declaration, a derived type's first; none of types that are not ours.</summary>
    public static IReadOnlyList<ShownProperty> Of(Type type) => Known.GetOrAdd(type, Find);

    /// <summary>Whether a type is this library's.</summary>
    public static bool IsOurs(Type type) => type.Assembly == typeof(Run).Assembly || type.Assembly == typeof(ShownProperty).Assembly;

    /// <summary>Whether values of a type are numbers.</summary>
    public static bool IsNumeric(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? IsNumeric(inner)
        : type.IsPrimitive && type != typeof(bool) && type != typeof(char);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "What is trimmed away is not shown; kernels trim nothing.")]
    static IReadOnlyList<ShownProperty> Find(Type type) => !IsOurs(type) || type.IsEnum ? []
        : [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0 && IsShown(p.PropertyType))
            .Select(p => new ShownProperty(p.Name, p.PropertyType, p.GetValue))];

    // No functions, clocks and tasks, and nothing that only lives on the stack.
    static bool IsShown(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? IsShown(inner)
        : !type.IsByRef && !type.IsByRefLike
            && (type.IsPrimitive || type.IsEnum || type == typeof(DateTimeOffset) || type == typeof(TimeSpan) || type.IsAssignableTo(typeof(IEnumerable)) || IsOurs(type));
}
