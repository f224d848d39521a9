using System.Collections;

namespace Sluice;

/// <summary>Names a type for people who read a schema: <c>PriceChange</c>, <c>PriceChangeList</c>, <c>PageOfProduct</c>.</summary>
internal static class SchemaTypeName
{
    public static string Of(Type type)
    {
        if (type.IsArray) return $"{Of(type.GetElementType()!)}List";
        if (!type.IsGenericType) return type.Name;
        var arguments = type.GetGenericArguments();
        if (type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type))
            return Of(arguments[^1]) + (arguments.Length == 1 ? "List" : "Map");
        var name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return $"{name}Of{string.Join("And", arguments.Select(Of))}";
    }
}
