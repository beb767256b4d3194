using System.Reflection;
using System.Runtime.CompilerServices;

namespace GridWorld.Tests;

/// <summary>Finds types in a public API that others could write to, and types without names for their parts.</summary>
static class PublicShape
{
    static readonly HashSet<Type> mutable = [typeof(List<>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(IList<>),
        typeof(ICollection<>), typeof(IDictionary<,>), typeof(ISet<>)];

    // An array that a call makes belongs to its caller: a learner reads its own tables.
    static readonly HashSet<string> owned = ["StateReader.Read"];

    /// <summary>Each place as Type.Member: type.</summary>
    public static IEnumerable<string> Mutable(Assembly library) =>
        from type in library.GetExportedTypes()
        from member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly)
        where !member.IsDefined(typeof(CompilerGeneratedAttribute)) || member is MethodInfo { IsSpecialName: true }
        let name = $"{type.Name}.{member.Name}"
        where !owned.Contains(name)
        from part in Parts(member)
        where IsMutable(part)
        select $"{name}: {part}";

    static IEnumerable<Type> Parts(MemberInfo member) => member switch
    {
        MethodBase { IsPublic: true } or MethodBase { IsFamily: true } or MethodBase { IsFamilyOrAssembly: true } =>
            ((MethodBase)member).GetParameters().Select(p => p.ParameterType).Append((member as MethodInfo)?.ReturnType ?? typeof(void)),
        FieldInfo { IsPublic: true } or FieldInfo { IsFamily: true } => [((FieldInfo)member).FieldType],
        _ => [],
    };

    static bool IsMutable(Type type) => type.IsArray || type.IsAssignableTo(typeof(ITuple))
        || (type.IsGenericType && (mutable.Contains(type.GetGenericTypeDefinition()) || type.GetGenericArguments().Any(IsMutable)))
        || (type.IsByRef && IsMutable(type.GetElementType()!));
}
