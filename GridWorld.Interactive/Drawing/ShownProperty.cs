using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace GridWorld;

/// <summary>A property of this library's types that a cell shows.</summary>
internal sealed record ShownProperty(string Name, Type Type, Func<object, object?> Read)
{
    static readonly ConcurrentDictionary<Type, IReadOnlyList<ShownProperty>> Known = [];

    /// <summary>The shown properties of a type in declaration order, a derived type's first; none for types of other libraries.</summary>
    public static IReadOnlyList<ShownProperty> Of(Type type) => Known.GetOrAdd(type, Find);

    /// <summary>Whether a type belongs to this library.</summary>
    public static bool IsOurs(Type type) => type.Assembly == typeof(Run).Assembly || type.Assembly == typeof(ShownProperty).Assembly;

    /// <summary>Whether values of a type are numbers.</summary>
    public static bool IsNumeric(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? IsNumeric(inner)
        : type.IsPrimitive && type != typeof(bool) && type != typeof(char);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Trimmed properties are not shown. Kernels do not trim.")]
    static IReadOnlyList<ShownProperty> Find(Type type) => !IsOurs(type) || type.IsEnum ? []
        : [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0 && IsShown(p.PropertyType))
            .Select(p => new ShownProperty(p.Name, p.PropertyType, p.GetValue))];

    // No functions, clocks or tasks, and no ref structs.
    static bool IsShown(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? IsShown(inner)
        : !type.IsByRef && !type.IsByRefLike
            && (type.IsPrimitive || type.IsEnum || type == typeof(DateTimeOffset) || type == typeof(TimeSpan)
            || type.IsAssignableTo(typeof(IEnumerable)) || IsOurs(type));
}
