using System.Reflection;

namespace GridWorld;

/// <summary>The library and the packages it depends on.</summary>
internal static class Library
{
    /// <summary>The files of their assemblies, except those of the kernel and the framework.</summary>
    public static IEnumerable<string> Assemblies()
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var found = new Dictionary<string, Assembly>();
        Add(typeof(Runs).Assembly);
        return found.Values.Select(assembly => assembly.Location);

        void Add(Assembly assembly)
        {
            if (!found.TryAdd(assembly.GetName().Name!, assembly))
                return;
            foreach (var name in assembly.GetReferencedAssemblies().Where(name => !platform.Contains(name.Name)))
                Add(Assembly.Load(name));
        }
    }
}
