using Sluice.JsonSchemas;

namespace Sluice.Runtime.Composition;

/// <summary>A reference kind, ready to validate.</summary>
internal sealed record CompiledReference(ReferenceSpec Spec, JsonSchema Schema);
