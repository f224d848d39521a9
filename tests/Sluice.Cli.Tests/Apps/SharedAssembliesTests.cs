using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Sluice.Cli.Apps;

namespace Sluice.Cli.Tests.Apps;

public sealed class SharedAssembliesTests
{
    private static readonly string[] FrameworkFolders = [RuntimeEnvironment.GetRuntimeDirectory(), Path.GetDirectoryName(typeof(WebApplication).Assembly.Location)!];

    [Fact]
    public void Shared_HasEverySluiceOfTheTool()
    {
        SluiceAssemblies().Length.ShouldBeGreaterThan(8);
        SluiceAssemblies().Select(assembly => assembly.GetName().Name!).ShouldAllBe(name => AppLoadContext.Shared.Contains(name));
    }

    /// <summary>A type that is in the app once and in the tool once is two types: what Sluice's members name must be shared.</summary>
    [Fact]
    public void Shared_HasEveryAssemblyThatAPublicTypeOfSluiceNames()
    {
        var named = SluiceAssemblies().SelectMany(assembly => assembly.GetExportedTypes()).SelectMany(Named).SelectMany(Parts)
            .Select(type => type.Assembly).Distinct().Where(assembly => !Array.Exists(FrameworkFolders, folder => assembly.Location.StartsWith(folder, StringComparison.Ordinal)))
            .Select(assembly => assembly.GetName().Name!).ToList();

        named.ShouldContain("Microsoft.Extensions.AI.Abstractions");
        named.ShouldAllBe(name => AppLoadContext.Shared.Contains(name));
    }

    [Fact]
    public void Shared_HasOnlyWhatTheToolHas() => AppLoadContext.Shared.ShouldAllBe(name => Assembly.Load(name) != null);

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
