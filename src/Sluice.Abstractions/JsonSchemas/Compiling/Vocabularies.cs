namespace Sluice.JsonSchemas.Compiling;

/// <summary>The vocabularies of draft 2020-12 that change what a schema accepts; the others only annotate.</summary>
[Flags]
internal enum Vocabularies
{
    /// <summary>Always understood: <c>$id</c>, <c>$ref</c>, anchors and definitions.</summary>
    Core = 0,
    Applicator = 1,
    Unevaluated = 2,
    Validation = 4,
    All = Applicator | Unevaluated | Validation,
}
