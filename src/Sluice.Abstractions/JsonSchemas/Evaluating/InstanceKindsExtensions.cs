using System.Text.Json;

namespace Sluice.JsonSchemas.Evaluating;

internal static class InstanceKindsExtensions
{
    public static bool Includes(this InstanceKinds kinds, JsonValueKind kind) => ((int)kinds & (1 << (int)kind)) != 0;

    /// <summary>Whether some value of that kind can pass; integers may pass as numbers.</summary>
    public static bool MayInclude(this InstanceKinds kinds, JsonValueKind kind) =>
        kinds.Includes(kind) || (kind == JsonValueKind.Number && kinds.HasFlag(InstanceKinds.Integer));

    public static string Describe(this InstanceKinds kinds)
    {
        (InstanceKinds Kind, string Name)[] names =
        [
            (InstanceKinds.Object, "object"), (InstanceKinds.Array, "array"), (InstanceKinds.String, "string"),
            (InstanceKinds.Number, "number"), (InstanceKinds.Integer, "integer"), (InstanceKinds.Boolean, "boolean"),
            (InstanceKinds.Null, "null"),
        ];
        return string.Join(" or ", names.Where(entry => kinds.HasFlag(entry.Kind)).Select(entry => entry.Name));
    }
}
