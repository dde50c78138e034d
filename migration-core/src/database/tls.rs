//! What `sslmode` and the certificate files mean, in libpq's sense, for rustls.

use std::path::Path;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};

use super::{DatabaseError, SslMode, Tls};

/// How much of the server's certificate is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// Nothing: the connection is encrypted, but to whom is not known.
    Anyone,
    /// A trusted authority signed it.
    Authority,
    /// A trusted authority signed it, and it names the host.
    Host,
}

impl Trust {
    /// As libpq: with a root certificate at hand `require` means `verify-ca`. Without one the
    /// public authorities are trusted, and then a certificate must also name the host, because
    /// anyone can have one of those.
    pub(super) fn of(tls: &Tls) -> Self {
        let own_root = tls.root_certificate.is_some();
        match tls.mode {
            SslMode::Disable | SslMode::Prefer => Self::Anyone,
            SslMode::Require if !own_root => Self::Anyone,
            SslMode::Require => Self::Authority,
            SslMode::VerifyCa if own_root => Self::Authority,
            SslMode::VerifyCa | SslMode::VerifyFull => Self::Host,
        }
    }
}

/// Reads the certificates and builds the client's side.
pub(super) fn client_config(tls: &Tls) -> Result<ClientConfig, DatabaseError> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(&error))?
        .dangerous()
        .with_custom_certificate_verifier(verifier(tls, provider)?);
    match (&tls.certificate, &tls.key) {
        (Some(certificate), Some(key)) => {
            let chain = certificates(certificate)?;
            let key = PrivateKeyDer::from_pem_file(key).map_err(|error| unreadable(key, &error))?;
            builder
                .with_client_auth_cert(chain, key)
                .map_err(|error| failed(&error))
        }
        (None, None) => Ok(builder.with_no_client_auth()),
        (Some(_), None) | (None, Some(_)) => Err(DatabaseError::Tls {
            message: "`sslcert` and `sslkey` belong together, and one is missing".to_owned(),
        }),
    }
}

fn verifier(
    tls: &Tls,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, DatabaseError> {
    let chain = match Trust::of(tls) {
        Trust::Anyone => None,
        trust @ (Trust::Authority | Trust::Host) => {
            Some(chain(tls, trust == Trust::Host, Arc::clone(&provider))?)
        }
    };
    Ok(Arc::new(Verifier { provider, chain }))
}

fn chain(tls: &Tls, host: bool, provider: Arc<CryptoProvider>) -> Result<Chain, DatabaseError> {
    let mut roots = RootCertStore::empty();
    let trusted = match &tls.root_certificate {
        Some(path) => certificates(path)?,
        None => Vec::new(),
    };
    for certificate in &trusted {
        roots
            .add(certificate.clone())
            .map_err(|error| failed(&error))?;
    }
    if tls.root_certificate.is_none() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    let authority = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
        .build()
        .map_err(|error| failed(&error))?;
    Ok(Chain {
        authority,
        trusted,
        host,
    })
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, DatabaseError> {
    let all: Vec<_> = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect)
        .map_err(|error| unreadable(path, &error))?;
    if all.is_empty() {
        return Err(DatabaseError::Tls {
            message: format!("`{}` holds no certificate (PEM)", path.display()),
        });
    }
    Ok(all)
}

fn unreadable(path: &Path, error: &rustls_pki_types::pem::Error) -> DatabaseError {
    DatabaseError::Tls {
        message: format!("cannot read `{}`: {error}", path.display()),
    }
}

fn failed(error: &dyn std::error::Error) -> DatabaseError {
    DatabaseError::Tls {
        message: error.to_string(),
    }
}

/// Checks the server's certificate, as far as it is told to; the signatures of the handshake always.
#[derive(Debug)]
struct Verifier {
    provider: Arc<CryptoProvider>,
    /// None trusts whoever answers.
    chain: Option<Chain>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(chain) = &self.chain else {
            return Ok(ServerCertVerified::assertion());
        };
        if chain.trusted.iter().any(|root| root == certificate) {
            return chain.self_made(certificate, name);
        }
        let authority = &chain.authority;
        let verdict = authority.verify_server_cert(certificate, intermediates, name, ocsp, now);
        match verdict {
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !chain.host => Ok(ServerCertVerified::assertion()),
            verdict => verdict,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

/// Who is trusted.
#[derive(Debug)]
struct Chain {
    authority: Arc<WebPkiServerVerifier>,
    /// The root certificates of the settings.
    trusted: Vec<CertificateDer<'static>>,
    /// Whether the certificate must name the host.
    host: bool,
}

impl Chain {
    /// A self-made certificate is its own authority, which the check of a chain does not allow.
    fn self_made(
        &self,
        certificate: &CertificateDer<'_>,
        name: &ServerName<'_>,
    ) -> Result<ServerCertVerified, Error> {
        if self.host {
            let parsed = ParsedCertificate::try_from(certificate)?;
            rustls::client::verify_server_name(&parsed, name)?;
        }
        Ok(ServerCertVerified::assertion())
    }
}
