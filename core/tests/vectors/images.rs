use artifact_deploy::image::{
    Digest, ImageConfig, ImageReference, Manifest, Platform, Repository, RepositoryAddress,
    RepositoryName, Tag, TagMutability,
};
use artifact_deploy::{Error, ErrorKind};
use serde_json::{Value, json};

#[test]
fn images() {
    super::check("images", |operation, input| {
        let text = |member: &str| input[member].as_str().unwrap();
        let whole = || input.as_str().unwrap();
        match operation {
            "digest" => Ok(json!(whole().parse::<Digest>()?)),
            "digest_of" => Ok(json!(Digest::of(whole().as_bytes()))),
            "tag" => Ok(json!(whole().parse::<Tag>()?)),
            "platform" => Ok(json!(whole().parse::<Platform>()?)),
            "platform_matches" => {
                let image: Platform = text("image").parse()?;
                Ok(json!(image.matches(&text("wanted").parse()?)))
            }
            "repository_name" => Ok(json!(whole().parse::<RepositoryName>()?)),
            "repository" => Ok(json!(whole().parse::<RepositoryAddress>()?.parts())),
            "same_repository" => {
                let one: Repository = text("one").parse()?;
                Ok(json!(one.is_same_as(&text("other").parse()?)))
            }
            "ecr_repository" => {
                let name = text("name").parse()?;
                let repository = Repository::in_ecr(text("account"), text("region"), &name)?;
                Ok(json!(repository))
            }
            "reference" => Ok(json!(whole().parse::<ImageReference>()?.parts())),
            "pinned_reference" => Ok(json!(whole().parse::<ImageReference>()?.pinned())),
            "reference_on_docker_hub" => {
                Ok(json!(whole().parse::<ImageReference>()?.on_docker_hub()?))
            }
            "manifest" => Ok(json!(Manifest::parse(
                text("manifest").as_bytes(),
                input["mediaType"].as_str(),
            )?)),
            "image_config" => Ok(json!(ImageConfig::parse(whole().as_bytes())?)),
            "tag_protected" => {
                let mutability: TagMutability = serde_json::from_value(input["mutability"].clone())
                    .map_err(|error| Error::new(ErrorKind::InvalidArgument, error.to_string()))?;
                Ok(match mutability.protects(&text("tag").parse()?) {
                    Some(protected) => json!(protected),
                    None => Value::Null,
                })
            }
            other => panic!("no operation {other}"),
        }
    });
}
