using System.Reflection;
using System.Runtime.InteropServices;
using Sluice.Cli.Apps;

namespace Sluice.Cli.Tests.Apps;

public sealed class SharedAssembliesTests
{
    private static readonly string FrameworkFolder = RuntimeEnvironment.GetRuntimeDirectory();

    [Fact]
    public void Shared_HasEverySluiceOfTheTool()
    {
        SluiceAssemblies().Length.ShouldBeGreaterThan(8);
        SluiceAssemblies().Select(assembly => assembly.GetName().Name!).ShouldAllBe(name => AppLoadContext.IsShared(name));
    }

    /// <summary>A type that is in the app once and in the tool once is two types: what Sluice's members name must be shared.</summary>
    [Fact]
    public void Shared_HasEveryAssemblyThatAPublicTypeOfSluiceNames()
    {
        var named = SluiceAssemblies().SelectMany(assembly => assembly.GetExportedTypes()).SelectMany(Named).SelectMany(Parts)
            .Select(type => type.Assembly).Distinct().Where(assembly => !assembly.Location.StartsWith(FrameworkFolder, StringComparison.Ordinal))
            .Select(assembly => assembly.GetName().Name!).ToList();

        named.ShouldContain("Microsoft.Extensions.AI.Abstractions");
        named.ShouldAllBe(name => AppLoadContext.IsShared(name));
    }

    private static Assembly[] SluiceAssemblies()
    {
        var (found, open) = (new Dictionary<string, Assembly>(), new Stack<Assembly>([typeof(AppLoader).Assembly]));
        while (open.TryPop(out var assembly))
        {
            foreach (var name in assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("Sluice", StringComparison.Ordinal)))
            {
                if (found.ContainsKey(name.Name!)) continue;
                open.Push(found[name.Name!] = Assembly.Load(name));
            }
        }

        return [.. found.Values];
    }

    private static IEnumerable<Type> Named(Type type)
    {
        if (type.BaseType is { } parent) yield return parent;
        foreach (var contract in type.GetInterfaces()) yield return contract;
        foreach (var method in type.GetMethods().Cast<MethodBase>().Concat(type.GetConstructors()))
        {
            if (method is MethodInfo { ReturnType: var returned }) yield return returned;
            foreach (var parameter in method.GetParameters()) yield return parameter.ParameterType;
        }
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? [type, .. type.GetGenericArguments().SelectMany(Parts)] : [type];
}
